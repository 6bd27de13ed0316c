package dev.dbmigration.runner.verify.whole;

import dev.dbmigration.check.NoBrokenFunctionsCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.functions.Judgement.Verdict;
import dev.dbmigration.runner.functions.Survey;
import dev.dbmigration.runner.functions.Survey.Found;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** That no function names what is not there. Those that could not be looked at whole are counted apart. */
public record NoBrokenFunctionsProbe(NoBrokenFunctionsCheck check) implements Probe {

    @Override
    public String expected() {
        return new Schemas(check.schema()).expected("no broken function");
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        List<Found> all = new Survey(catalogue).of(List.of(new Schemas(check.schema()).names(catalogue)));
        List<Found> broken = only(all, Verdict.BROKEN);
        List<Found> forbidden = only(all, Verdict.FORBIDDEN);
        List<Found> unchecked = new ArrayList<>(forbidden);
        unchecked.addAll(only(all, Verdict.UNCHECKED));
        String counts = (all.size() - unchecked.size()) + " checked, " + broken.size() + " broken, " + unchecked.size()
                + " unchecked";
        if (broken.isEmpty() && !forbidden.isEmpty()) {
            throw new SQLException(counts + ": " + Words.some(sentences(forbidden)), Survey.NO_PRIVILEGE);
        }
        // What is broken stands first, as a long value is cut at its end.
        List<String> sentences = Stream.of(broken, unchecked)
                .flatMap(found -> sentences(found).stream())
                .toList();
        return Finding.of(
                broken.isEmpty(), expected(), counts + (sentences.isEmpty() ? "" : ": " + Words.some(sentences)));
    }

    private static List<Found> only(List<Found> all, Verdict verdict) {
        return all.stream()
                .filter(found -> found.judgement().verdict() == verdict)
                .toList();
    }

    private static List<String> sentences(List<Found> found) {
        return found.stream().map(Found::sentence).toList();
    }
}
