package dev.dbmigration.runner.verify;

import dev.dbmigration.check.HistoryTool;
import dev.dbmigration.check.LedgerCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.history.Histories;
import dev.dbmigration.runner.history.History;
import dev.dbmigration.runner.history.HistoryTable;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the history table of a migration tool holds. */
record LedgerProbe(LedgerCheck check) implements Probe {

    @Override
    public String expected() {
        List<String> words = new ArrayList<>();
        if (check.versions() != null) {
            words.add(recorded());
        }
        if (check.atLeast() != null) {
            words.add(atLeast());
        }
        if (check.latest() != null) {
            words.add("the latest " + check.latest());
        }
        if (check.wantsNoFailed()) {
            words.add(LedgerJudgement.CLEAN);
        }
        return String.join(", ", words);
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        requireScope();
        Histories tool = Histories.of(check.tool());
        ObjectName name = new ObjectName(
                ObjectKind.TABLE,
                check.schema() == null ? tool.schema() : check.schema(),
                check.table() == null ? tool.table() : check.table());
        Optional<Located> located = name.locate(catalogue);
        if (located.isEmpty()) {
            return Finding.of(!check.wantsHistory(), expected(), missing(name, catalogue));
        }
        HistoryTable table =
                new HistoryTable(located.get().schema(), located.get().name(), check.scope());
        History history = tool.read(catalogue, table);
        LedgerJudgement judgement = new LedgerJudgement(tool, table, history);
        Finding finding = new Finding(parts(judgement));
        return finding.met() ? finding : Footnote.under(finding.parts(), judgement.place());
    }

    private void requireScope() throws SQLException {
        if (check.tool() == HistoryTool.Own && check.scope() == null) {
            throw new SQLException("scope is not set, and no migrationRef names a migration of sql files that has one");
        }
    }

    private String missing(ObjectName table, Catalogue catalogue) throws SQLException {
        String history = check.tool() == HistoryTool.Own ? "no ledger: " : "no history of " + check.tool() + ": ";
        return history + (check.wantsHistory() ? table.missingWithHint(catalogue) : table.missing(catalogue));
    }

    private List<Part> parts(LedgerJudgement judgement) {
        List<Part> parts = new ArrayList<>();
        if (check.versions() != null) {
            parts.add(judgement.recorded(check.versions(), recorded()));
        }
        if (check.atLeast() != null) {
            parts.add(judgement.atLeast(check.atLeast(), atLeast()));
        }
        if (check.latest() != null) {
            parts.add(judgement.latest(check.latest()));
        }
        if (check.wantsNoFailed()) {
            parts.add(judgement.clean());
        }
        return parts;
    }

    private String recorded() {
        return Words.some(check.versions()) + " recorded";
    }

    private String atLeast() {
        return "at least " + Words.entries(check.atLeast());
    }
}
