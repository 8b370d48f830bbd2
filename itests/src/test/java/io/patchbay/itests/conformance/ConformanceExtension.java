package io.patchbay.itests.conformance;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Fails a test that got an answer that no document allows. Every test class has it, by {@code META-INF/services}. */
public final class ConformanceExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final int SHOWN = 50;

    private final Set<Method> passed = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeAll(ExtensionContext context) {
        Conformance.load();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        complainOfMismatches();
        if (context.getExecutionException().isEmpty()) {
            passed.add(context.getRequiredTestMethod());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        complainOfMismatches();
        var test = context.getRequiredTestClass();
        if (passed.containsAll(
                AnnotationSupport.findAnnotatedMethods(test, Testable.class, HierarchyTraversalMode.TOP_DOWN))) {
            complain("Known differences that are no more", Conformance.unmet(test.getSimpleName()));
        }
    }

    private static void complainOfMismatches() {
        complain("Answers that are not what the documents say", Conformance.takeMismatches());
    }

    private static void complain(String what, List<?> of) {
        if (!of.isEmpty()) {
            throw new AssertionError(
                    of.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining("\n", what + ":\n", "")));
        }
    }
}
