package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What the image starts, as the profile {@code image} of a POM states it.
 *
 * @param words the JVM, its flags and the main class
 * @param environment the image's own variables
 */
record Entrypoint(List<String> words, Map<String, String> environment) {

    private static final String CONTAINER = "/project/profiles/profile[id='image']//container";
    private static final String ARCHIVE = "/app/classes.jsa";
    private static final String JAR = "/app/${image.jar}";

    static Entrypoint of(Path pom) throws IOException {
        try {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            List<String> words = new ArrayList<>();
            nodes(document, "/entrypoint/arg").forEach(node -> words.add(node.getTextContent()));
            Map<String, String> environment = new LinkedHashMap<>();
            nodes(document, "/environment/*")
                    .forEach(node -> environment.put(node.getNodeName(), node.getTextContent()));
            return new Entrypoint(words, environment);
        } catch (ParserConfigurationException | SAXException | XPathExpressionException e) {
            throw new IOException(e);
        }
    }

    private static List<Node> nodes(Document document, String path) throws XPathExpressionException {
        NodeList nodes = (NodeList)
                XPathFactory.newInstance().newXPath().evaluate(CONTAINER + path, document, XPathConstants.NODESET);
        List<Node> list = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            list.add(nodes.item(i));
        }
        return list;
    }

    /** The same by this machine's JVM, with this jar and this archive of classes instead of the image's. */
    Entrypoint with(Path jar, Path archive) {
        List<String> moved = new ArrayList<>(words);
        moved.replaceAll(word -> word.replace(ARCHIVE, archive.toString()).replace(JAR, jar.toString()));
        moved.set(0, Command.javaProgram());
        return new Entrypoint(moved, environment);
    }
}
