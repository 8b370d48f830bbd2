package io.patchbay.compatibility;

import io.patchbay.api.adapter.ChatAdapter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every adapter for chats has to keep, as a JUnit test: implement it in a test class of the adapter's.
 *
 * <pre>{@code
 * class AcmeContractTest implements AdapterContract {
 *     @Override
 *     public ChatAdapter adapter() {
 *         return new AcmeAdapter();
 *     }
 *
 *     @Override
 *     public boolean speaks(Exchange exchange) {
 *         return exchange.api().equals("acme");
 *     }
 * }
 * }</pre>
 *
 * <p>The exchanges are the files {@code exchanges/*.json} beside the test's classes, and those of the folder that the
 * system property {@value #FOLDER} names. Each is asked and answered over a real connection: in one piece, in the
 * recorded pieces, byte by byte, with other line ends, and ended after each event. The report is written to
 * {@code target/compatibility-report.md}.
 */
public interface AdapterContract extends ContractTerms {
    /** The adapter under test. */
    ChatAdapter adapter();

    /** What the adapter does not do, with the reason. Exchanges that need it count as declared unsupported. */
    default Map<Behaviour, String> lacks() {
        return Map.of();
    }

    /** The contract. */
    @TestFactory
    default Stream<DynamicNode> keepsTheContract() {
        return new ContractRun(this).tests();
    }
}
