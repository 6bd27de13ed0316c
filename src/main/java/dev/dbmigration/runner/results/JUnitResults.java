package dev.dbmigration.runner.results;

import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckSummary;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * XML as JUnit's: a suite with a case for each check. A failed check is a failure, one that could not be run an error, and
 * a warning counts as skipped, since nothing in that format tells without failing.
 *
 * @see <a href="https://github.com/testmoapp/junitxml">the format, as CI systems read it</a>
 */
final class JUnitResults {

    /** What XML 1.0 cannot hold, not even escaped. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamWriter xml;

    private JUnitResults(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(CheckSummary counts, List<CheckResult> checks, String subject) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            new JUnitResults(xml).write(counts, checks, subject);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private void write(CheckSummary counts, List<CheckResult> checks, String subject) throws XMLStreamException {
        long millis = checks.stream().mapToLong(CheckResult::millis).sum();
        line();
        xml.writeStartElement("testsuite");
        attribute("name", subject);
        attribute("tests", String.valueOf(counts.total()));
        attribute("failures", String.valueOf(counts.failed()));
        attribute("errors", String.valueOf(counts.errors()));
        attribute("skipped", String.valueOf(counts.warnings()));
        attribute("time", seconds(millis));
        for (CheckResult check : checks) {
            line();
            write(check, subject);
        }
        line();
        xml.writeEndElement();
    }

    private void write(CheckResult check, String subject) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", subject);
        attribute("name", check.name());
        attribute("time", seconds(check.millis()));
        String element = switch (check.rank()) {
            case FAILED -> "failure";
            case ERROR -> "error";
            case WARNING -> "skipped";
            case PASSED -> null;
        };
        if (element != null) {
            xml.writeEmptyElement(element);
            attribute("message", "expected " + check.expected() + ", observed " + check.observed());
        }
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, FORBIDDEN.matcher(value).replaceAll("\uFFFD"));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }
}
