package dev.dbmigration.runner.script;

/**
 * By what a file is known again; each is SHA-256 in hexadecimal. The first two are taken before variables are replaced.
 *
 * @param bytes of the file byte by byte
 * @param text of the file as it reads, without its way down: see {@link TextChecksum}
 * @param variables of the values that the file uses and does not set itself; empty where there are none
 */
public record Sums(String bytes, String text, String variables) {}
