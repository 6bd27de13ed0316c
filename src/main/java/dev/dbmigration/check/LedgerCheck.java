package dev.dbmigration.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * What the history table of a migration tool holds: entries that are there, and none that failed or is half done. A
 * table that is missing fails the check, unless {@code atLeast} is 0 and nothing else is wanted.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.scope) || !has(self.tool) || self.tool == 'Own'",
        message = LedgerCheck.SCOPE_IS_OURS)
@ValidationRule(
        value = "has(self.versions) || has(self.atLeast) || has(self.latest) || !has(self.noFailed) || self.noFailed",
        message = LedgerCheck.SOMETHING)
public record LedgerCheck(
        @JsonPropertyDescription("Whose history is read; absent: Own, the ledger of sql migrations.")
        HistoryTool tool,

        @JsonPropertyDescription("Schema of the table; absent: for Own that of the migration's ledger, for Supabase"
                + " supabase_migrations, for others the first of the search_path that has the table.")
        @Size(max = 63)
        String schema,

        @JsonPropertyDescription("Table; absent: the tool's usual one.") @Size(max = 63)
        String table,

        @JsonPropertyDescription("For Own: under which scope; absent: that of the migration that migrationRef names.")
        @Size(max = 253)
        String scope,

        @JsonPropertyDescription("Entries that are recorded, each as the tool names it: a version, or for Django"
                + " app.name, for Liquibase id, id::author or filename::id::author. Others may be there too.")
        @Size(min = 1, max = 500)
        List<@Size(min = 1, max = 512) String> versions,

        @JsonPropertyDescription("So many entries are recorded, or more.") @Min(0)
        Long atLeast,

        @JsonPropertyDescription(
                "The recorded entry of the highest version; for Django, Liquibase and NodePgMigrate the last one.")
        @Size(min = 1, max = 512)
        String latest,

        @JsonPropertyDescription("Whether no entry may be failed or half done, no lock of Liquibase's be held, and"
                + " Alembic have one head at the most; absent: true.")
        Boolean noFailed)
        implements Ruled {

    static final String SCOPE_IS_OURS = "scope belongs to the tool Own";
    static final String SOMETHING = "set versions, atLeast or latest, or leave noFailed true";

    public LedgerCheck {
        tool = tool == null ? HistoryTool.Own : tool;
    }

    /** The same of our own ledger, with what it leaves unsaid; of another tool's history as it is. */
    public LedgerCheck within(String ledgerSchema, String ledgerScope) {
        return tool == HistoryTool.Own
                ? new LedgerCheck(
                        tool,
                        schema == null ? ledgerSchema : schema,
                        table,
                        scope == null ? ledgerScope : scope,
                        versions,
                        atLeast,
                        latest,
                        noFailed)
                : this;
    }

    /** Whether failed and half-done entries fail it. */
    public boolean wantsNoFailed() {
        return noFailed == null || noFailed;
    }

    /** Whether some entry has to be there, or a table at least. */
    public boolean wantsHistory() {
        return wantsEntries() || atLeast == null || atLeast > 0;
    }

    private boolean wantsEntries() {
        return versions != null || latest != null;
    }

    @Override
    public Optional<String> problem() {
        if (scope != null && tool != HistoryTool.Own) {
            return Optional.of(SCOPE_IS_OURS);
        }
        return wantsEntries() || atLeast != null || wantsNoFailed() ? Optional.empty() : Optional.of(SOMETHING);
    }
}
