package io.patchbay.api.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the members of all objects that a {@link JsonScanner} is inside of, so that none occurs twice in one of
 * them. A stack: an object's names lie above its {@link #open mark}. Few names are compared as they are written; many,
 * or escaped ones, are decoded into a set, which their object hands in with each further name.
 */
final class MemberNames {
    /** Beyond that, comparing each with each would take too long. */
    private static final int FEW = 32;
    /** Far beyond any real request; a bound to the memory that sets take. */
    private static final int MOST_IN_SETS = 100_000;

    private final byte[] bytes;
    private int[] ranges = new int[32];
    private int top;
    private int inSets;

    MemberNames(byte[] bytes) {
        this.bytes = bytes;
    }

    /** An object begins; the mark is for its names. */
    int open() {
        return top;
    }

    /** The object of this mark ends. */
    void close(int mark, @Nullable Set<String> decoded) {
        top = mark;
        if (decoded != null) {
            inSets -= decoded.size();
        }
    }

    /**
     * Takes the next name of the innermost object.
     *
     * @param decoded what this method returned for that object's name before
     * @param escaped whether there is an escape in it
     * @throws MalformedJson if that object has this name already, or there are too many
     */
    @Nullable
    Set<String> add(int mark, @Nullable Set<String> decoded, int start, int end, boolean escaped) {
        if (decoded != null) {
            return addTo(decoded, start, end);
        }
        if (escaped || top - mark >= 2 * FEW) {
            var all = new HashSet<String>();
            for (int i = mark; i < top; i += 2) {
                all.add(JsonView.decode(bytes, ranges[i], ranges[i + 1]));
            }
            inSets += all.size();
            return addTo(all, start, end);
        }
        for (int i = mark; i < top; i += 2) {
            int otherStart = ranges[i];
            int otherEnd = ranges[i + 1];
            if (end - start == otherEnd - otherStart && Arrays.equals(bytes, start, end, bytes, otherStart, otherEnd)) {
                throw twice(start);
            }
        }
        push(start, end);
        return null;
    }

    private Set<String> addTo(Set<String> decoded, int start, int end) {
        if (!decoded.add(JsonView.decode(bytes, start, end))) {
            throw twice(start);
        }
        if (++inSets > MOST_IN_SETS) {
            throw new MalformedJson("too many members", start);
        }
        return decoded;
    }

    private static MalformedJson twice(int position) {
        return new MalformedJson("member name used twice", position);
    }

    private void push(int start, int end) {
        if (top == ranges.length) {
            ranges = Arrays.copyOf(ranges, ranges.length * 2);
        }
        ranges[top++] = start;
        ranges[top++] = end;
    }
}
