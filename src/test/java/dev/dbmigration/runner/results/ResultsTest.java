package dev.dbmigration.runner.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.check.Severity;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.RunInput.ReportFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ResultsTest {

    private static final Report REPORT = new Report(
            1,
            Report.Outcome.ChecksFailed,
            null,
            "words",
            null,
            null,
            List.of(
                    new CheckResult("fine", Result.Passed, "3", "3", 1),
                    new CheckResult("looks odd", Result.Failed, "1", "2", 20, Severity.Warning),
                    new CheckResult("unseen", Result.Error, "<x>", "no \"right\"\u0007", 300),
                    new CheckResult("wrong", Result.Failed, "a & b", "ü", 4000)),
            null,
            null,
            null);

    @Test
    void textIsALineEachWorstFirst() {
        assertThat(Results.of(REPORT, ReportFormat.Text, "ehr/notes")).isEqualTo("""
                wrong: Failed, expected a & b, observed ü, 4000 ms
                unseen: Error, expected <x>, observed no "right"\u0007, 300 ms
                looks odd: Failed (warning), expected 1, observed 2, 20 ms
                fine: Passed, expected 3, observed 3, 1 ms
                4 checks: 1 passed, 1 failed, 1 could not be run, 1 warnings""");
    }

    @Test
    void jsonIsOneObject() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Results.of(REPORT, ReportFormat.JSON, "ehr/notes"));

        assertThat(json.path("verification").asText()).isEqualTo("ehr/notes");
        assertThat(json.path("outcome").asText()).isEqualTo("ChecksFailed");
        assertThat(json.path("summary").toString())
                .isEqualTo("{\"total\":4,\"passed\":1,\"failed\":1,\"errors\":1,\"warnings\":1}");
        assertThat(json.path("checks").findValuesAsText("name"))
                .containsExactly("wrong", "unseen", "looks odd", "fine");
        assertThat(json.at("/checks/2/severity").asText()).isEqualTo("Warning");
        assertThat(json.at("/checks/0").has("severity")).isFalse();
    }

    @Test
    void junitIsASuiteThatAnyParserReads() throws Exception {
        String xml = Results.of(REPORT, ReportFormat.JUnit, "ehr/notes");
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        assertThat(List.of("name", "tests", "failures", "errors", "skipped", "time"))
                .extracting(suite::getAttribute)
                .containsExactly("ehr/notes", "4", "1", "1", "1", "4.321");
        assertThat(cases(suite))
                .extracting(one -> one.getAttribute("name"))
                .containsExactly("wrong", "unseen", "looks odd", "fine");
        assertThat(message(suite, "failure")).isEqualTo("expected a & b, observed ü");
        assertThat(message(suite, "error")).isEqualTo("expected <x>, observed no \"right\"\uFFFD");
        assertThat(message(suite, "skipped")).isEqualTo("expected 1, observed 2");
        assertThat(cases(suite).get(3).hasChildNodes()).isFalse();
    }

    @Test
    void whereNoCheckWasMadeNothingIsWritten() {
        Report none = new Report(1, Report.Outcome.Failed, null, "words", null, null, null, null, null, null);
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(Results.of(none, format, "ehr/notes")).isEmpty();
        }
    }

    private static List<Element> cases(Element suite) {
        NodeList cases = suite.getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength())
                .mapToObj(i -> (Element) cases.item(i))
                .toList();
    }

    private static String message(Element suite, String element) {
        NodeList found = suite.getElementsByTagName(element);
        assertThat(found.getLength()).isEqualTo(1);
        return ((Element) found.item(0)).getAttribute("message");
    }
}
