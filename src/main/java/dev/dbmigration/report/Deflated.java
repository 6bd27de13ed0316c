package dev.dbmigration.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Text as Base64 of its deflated UTF-8. */
final class Deflated {

    /** Far above any report, far below what would hurt: what is inflated was written in someone's pod. */
    private static final int MAX_BYTES = 1 << 20;

    private Deflated() {}

    static String encode(String text) {
        Deflater best = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, best)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            best.end();
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Throws an unchecked exception for whatever {@link #encode} did not write. */
    static String decode(String encoded) {
        byte[] bytes = Base64.getDecoder().decode(encoded);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            byte[] inflated = in.readNBytes(MAX_BYTES + 1);
            if (inflated.length > MAX_BYTES) {
                throw new IllegalArgumentException("inflates to more than " + MAX_BYTES + " bytes");
            }
            return new String(inflated, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
