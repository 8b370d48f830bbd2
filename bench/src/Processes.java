import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process and its children have used so far, from the kernel's own book. */
final class Processes {
    /** The kernel counts in hundredths of a second on every common platform. */
    private static final double TICKS_PER_SECOND = 100;

    private Processes() {}

    /** User and system time; 0 for no process. */
    static double cpuSeconds(long pid) {
        if (pid == 0) {
            return 0;
        }
        double ticks = ticks(pid);
        var children = ProcessHandle.of(pid).map(ProcessHandle::descendants);
        if (children.isPresent()) {
            ticks += children.get().mapToDouble(child -> ticks(child.pid())).sum();
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Resident memory of the process alone. */
    static long rssMib(long pid) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException gone) {
            return 0;
        }
        return 0;
    }

    private static double ticks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        } catch (IOException gone) {
            return 0;
        }
    }
}
