package dev.dbmigration.check;

/** Whose history table a {@link LedgerCheck} reads. */
public enum HistoryTool {
    /** The ledger of this project's runner. */
    Own,
    Flyway,
    Liquibase,
    Prisma,
    Sequelize,
    Rails,
    Django,
    Supabase,
    Dbmate,
    GolangMigrate,
    NodePgMigrate,
    Diesel,
    Alembic
}
