package dev.dbmigration.runner.verify;

import dev.dbmigration.check.Check;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which probe runs which kind of check. */
final class Probes {

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(Check::column, ColumnProbe::new),
            new Kind<>(Check::table, TableProbe::new),
            new Kind<>(Check::enumType, EnumProbe::new),
            new Kind<>(Check::index, IndexProbe::new),
            new Kind<>(Check::rowCount, RowCountProbe::new),
            new Kind<>(Check::query, QueryProbe::new),
            new Kind<>(Check::noInvalidIndexes, NoInvalidIndexesProbe::new),
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
