package dev.dbmigration.runner.verify;

import dev.dbmigration.check.Check;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.object.ColumnProbe;
import dev.dbmigration.runner.verify.object.ConstraintProbe;
import dev.dbmigration.runner.verify.object.DomainProbe;
import dev.dbmigration.runner.verify.object.EnumProbe;
import dev.dbmigration.runner.verify.object.ExtensionProbe;
import dev.dbmigration.runner.verify.object.FunctionProbe;
import dev.dbmigration.runner.verify.object.IndexProbe;
import dev.dbmigration.runner.verify.object.PolicyProbe;
import dev.dbmigration.runner.verify.object.PrivilegeProbe;
import dev.dbmigration.runner.verify.object.PublicationProbe;
import dev.dbmigration.runner.verify.object.SchemaProbe;
import dev.dbmigration.runner.verify.object.SequenceProbe;
import dev.dbmigration.runner.verify.object.TableProbe;
import dev.dbmigration.runner.verify.object.TriggerProbe;
import dev.dbmigration.runner.verify.object.ViewProbe;
import dev.dbmigration.runner.verify.value.NotNullProbe;
import dev.dbmigration.runner.verify.value.QueryProbe;
import dev.dbmigration.runner.verify.value.RangeProbe;
import dev.dbmigration.runner.verify.value.RegexProbe;
import dev.dbmigration.runner.verify.value.RowCountProbe;
import dev.dbmigration.runner.verify.value.SumProbe;
import dev.dbmigration.runner.verify.value.UniqueProbe;
import dev.dbmigration.runner.verify.whole.NoBrokenFunctionsProbe;
import dev.dbmigration.runner.verify.whole.NoDisabledTriggersProbe;
import dev.dbmigration.runner.verify.whole.NoInvalidIndexesProbe;
import dev.dbmigration.runner.verify.whole.NoOrphansProbe;
import dev.dbmigration.runner.verify.whole.NoUnvalidatedConstraintsProbe;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which probe runs which kind of check. */
final class Probes {

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(Check::schema, SchemaProbe::new),
            new Kind<>(Check::table, TableProbe::new),
            new Kind<>(Check::column, ColumnProbe::new),
            new Kind<>(Check::enumType, EnumProbe::new),
            new Kind<>(Check::domain, DomainProbe::new),
            new Kind<>(Check::index, IndexProbe::new),
            new Kind<>(Check::constraint, ConstraintProbe::new),
            new Kind<>(Check::sequence, SequenceProbe::new),
            new Kind<>(Check::view, ViewProbe::new),
            new Kind<>(Check::function, FunctionProbe::new),
            new Kind<>(Check::trigger, TriggerProbe::new),
            new Kind<>(Check::policy, PolicyProbe::new),
            new Kind<>(Check::extension, ExtensionProbe::new),
            new Kind<>(Check::privilege, PrivilegeProbe::new),
            new Kind<>(Check::publication, PublicationProbe::new),
            new Kind<>(Check::rowCount, RowCountProbe::new),
            new Kind<>(Check::query, QueryProbe::new),
            new Kind<>(Check::sum, SumProbe::new),
            new Kind<>(Check::unique, UniqueProbe::new),
            new Kind<>(Check::notNull, NotNullProbe::new),
            new Kind<>(Check::range, RangeProbe::new),
            new Kind<>(Check::regex, RegexProbe::new),
            new Kind<>(Check::noInvalidIndexes, NoInvalidIndexesProbe::new),
            new Kind<>(Check::noUnvalidatedConstraints, NoUnvalidatedConstraintsProbe::new),
            new Kind<>(Check::noOrphans, NoOrphansProbe::new),
            new Kind<>(Check::noDisabledTriggers, NoDisabledTriggersProbe::new),
            new Kind<>(Check::noBrokenFunctions, NoBrokenFunctionsProbe::new),
            new Kind<>(Check::ledger, LedgerProbe::new),
            new Kind<>(Check::plan, PlanProbe::new),
            new Kind<>(Check::expectedSchema, ExpectedSchemaProbe::new));

    private Probes() {}

    /** The probe of the one kind that is set; empty where none is, or more than one. */
    static Optional<Probe> of(Check check) {
        List<Probe> set = KINDS.stream().flatMap(kind -> kind.probe(check)).toList();
        return set.size() == 1 ? Optional.of(set.get(0)) : Optional.empty();
    }

    private record Kind<T>(Function<Check, T> part, Function<T, Probe> probe) {

        Stream<Probe> probe(Check check) {
            return Stream.ofNullable(part.apply(check)).map(probe);
        }
    }
}
