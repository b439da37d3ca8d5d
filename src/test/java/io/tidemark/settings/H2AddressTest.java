package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 reads its address once in a process: the daemon's side runs in one of its own. */
class H2AddressTest {

    @TempDir
    Path folder;

    @Test
    void aSharedFileIsReachedOnLoopbackOnly() throws Exception {
        String url = DatabaseUrl.opened("jdbc:h2:./shared", folder);
        Process daemon = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Daemon.class.getName(),
                        url)
                .redirectErrorStream(true)
                .start();
        try (var says = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(says.readLine()).isEqualTo("open");

            try (var beside = DriverManager.getConnection(url, "sa", "")) {
                assertThat(beside.isValid(1)).isTrue();
            }
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    assertThat(answers(address, port()))
                            .describedAs(address.toString())
                            .isEqualTo(address.getHostAddress().equals("127.0.0.1"));
                }
            }
        } finally {
            daemon.getOutputStream().close();
            assertThat(daemon.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    private int port() throws IOException {
        var lock = new Properties();
        try (var file = Files.newBufferedReader(folder.resolve("shared.lock.db"))) {
            lock.load(file);
        }
        return Integer.parseInt(lock.getProperty("server", "").replaceFirst(".*:", ""));
    }

    private static boolean answers(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Holds the database open until its input ends. */
    static final class Daemon {
        private Daemon() {}

        public static void main(String[] arguments) throws Exception {
            H2Address.bindToLoopback();
            try (var connection = DriverManager.getConnection(arguments[0], "sa", "")) {
                System.out.println(connection.isValid(1) ? "open" : "closed");
                while (System.in.read() >= 0) {
                    // waits for the end
                }
            }
        }
    }
}
