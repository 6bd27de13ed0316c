package dev.dbmigration.runner.script;

/**
 * By what a file is known again; each is SHA-256 in hexadecimal, taken before variables are replaced.
 *
 * @param bytes of the file byte by byte
 * @param text of the file as it reads: see {@link TextChecksum}
 */
public record Sums(String bytes, String text) {}
