package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.runner.fault.RunFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in bytes: what is text, where COPY data begins and ends, and whether it is still there. */
class FileLinesTest {

    private static final String COPY = "COPY a FROM STDIN;\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1#2#\\.#SELECT 1;|1#2#",
                "1#2#\\.^#SELECT 1;|1#2#",
                "\\.#SELECT 1;|``",
                "1#2|1#2",
                "1#\\.|1#",
                "1# \\.#\\.x#\\..#|1# \\.#\\.x#\\..#",
                "^##é#\\.#|^##é#",
            })
    void dataEndsWithALineOfItsOwnOrWithTheFile(String behind, String data) throws IOException {
        Path file = Files.writeString(directory.resolve("1.sql"), COPY + breaks(behind));
        MigrationFile read = FileReading.read(
                "inline",
                new SourceFiles.Found(file.getFileName().toString(), file),
                new Parameters(Map.of(), () -> "ehr"));

        CopyData found = read.statements().get(0).copy().data();

        assertThat(found.line()).isEqualTo(2);
        try (InputStream in = found.open()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(breaks(data));
        }
        assertThat(read.statements()).hasSize(behind.endsWith(";") ? 2 : 1);
    }

    private static String breaks(String text) {
        return text.replace('#', '\n').replace('^', '\r');
    }

    @Test
    void dataLongerThanAnyBuffer() throws IOException {
        String data = ("é".repeat(100_000) + "\n\\." + "x".repeat(100_000) + "\n").repeat(3);
        Path file = Files.writeString(directory.resolve("1.sql"), COPY + data + "\\.\nSELECT 1;");
        MigrationFile read = FileReading.read(
                "inline",
                new SourceFiles.Found(file.getFileName().toString(), file),
                new Parameters(Map.of(), () -> "ehr"));

        try (InputStream in = read.statements().get(0).copy().data().open()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(data);
        }
        assertThat(read.statements().get(1).line()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\n3\n\\.\n", "1\n", ""})
    void dataThatIsNoLongerWhatItWasDoesNotComeToItsEnd(String now) throws IOException {
        Path file = Files.writeString(directory.resolve("1.sql"), COPY + "1\n2\n\\.\n");
        CopyData data = FileReading.read(
                        "inline",
                        new SourceFiles.Found(file.getFileName().toString(), file),
                        new Parameters(Map.of(), () -> "ehr"))
                .statements()
                .get(0)
                .copy()
                .data();
        Files.writeString(file, COPY + now);

        try (InputStream in = data.open()) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("changed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0 80",
                "c1 bf",
                "c3",
                "c3 28",
                "e0 80 80",
                "e2 82",
                "ed a0 80",
                "ef bf 0a",
                "f0 80 80 80",
                "f4 90 80 80",
                "f5 80 80 80",
                "ff",
                "00"
            })
    void whatIsNoTextIsRefusedWithItsLineInSqlAndInData(String bytes) {
        assertThat(failure("SELECT 1;\n\n-- ", bytes, "\nSELECT 2;").line()).isEqualTo(3);
        assertThat(failure(COPY + "1\n", bytes, "\n\\.\n").line()).isEqualTo(3);
    }

    @Test
    void lettersOfEveryLengthAreText() {
        String letters = "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff" + Character.toString(0x10000)
                + Character.toString(0x10ffff);

        assertThat(FileText.split("SELECT '" + letters + "'").get(0).text()).isEqualTo("SELECT '" + letters + "'");
    }

    private static Failure failure(String before, String bytes, String behind) {
        String wrong = new String(HexFormat.ofDelimiter(" ").parseHex(bytes), StandardCharsets.ISO_8859_1);
        byte[] content = (before + wrong + behind).getBytes(StandardCharsets.ISO_8859_1);
        RunFailed failed = catchThrowableOfType(RunFailed.class, () -> FileText.read(content, Map.of()));
        assertThat(failed).isNotNull();
        assertThat(failed.reason()).isEqualTo(Reason.InvalidSpec);
        return failed.failures().get(0);
    }
}
