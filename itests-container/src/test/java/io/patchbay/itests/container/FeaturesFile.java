package io.patchbay.itests.container;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The features that a distribution offers, as its own features file names them. */
final class FeaturesFile {

    private FeaturesFile() {}

    static List<String> names(File file) {
        try {
            var document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file);
            List<String> names = new ArrayList<>();
            // Only the children of the root: a feature inside a feature is a reference.
            for (Node child = document.getDocumentElement().getFirstChild();
                    child != null;
                    child = child.getNextSibling()) {
                if (child instanceof Element element && element.getTagName().equals("feature")) {
                    names.add(element.getAttribute("name"));
                }
            }
            if (names.isEmpty()) {
                throw new IllegalStateException("no features in " + file);
            }
            return List.copyOf(names);
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
