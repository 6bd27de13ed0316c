package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.RunInput.ResourceName;

/** A file that another scope has in the same schema of the same database, and the resource that recorded it. */
public record Elsewhere(String version, String checksum, String scope, ResourceName resource) {}
