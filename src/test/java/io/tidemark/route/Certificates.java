package io.tidemark.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Certificates made for one run of the tests, by the JDK's keytool: an authority's own, {@code ca}, which is self-signed, and
 * three that it signed: {@code good}, {@code expired} and {@code elsewhere}, which names another host.
 */
final class Certificates {
    static final String PASSWORD = "changeit";

    private final Path store;
    private final Path trust;

    private Certificates(Path folder) {
        this.store = folder.resolve("keys.p12");
        this.trust = folder.resolve("trust.p12");
    }

    static Certificates make(Path folder) throws Exception {
        var made = new Certificates(folder);
        made.keytool("ca", "localhost", "-ext", "bc:c");
        made.keytool("good", "localhost", "-signer", "ca");
        made.keytool("expired", "localhost", "-signer", "ca", "-startdate", "-10d", "-validity", "5");
        made.keytool("elsewhere", "elsewhere.example.org", "-signer", "ca");
        made.writeTrust();
        return made;
    }

    private void keytool(String alias, String host, String... more) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1"));
        line.addAll(List.of("-dname", "CN=" + host, "-ext", "san=dns:" + host));
        line.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        line.addAll(List.of(more));
        Path output = store.resolveSibling("keytool.txt");
        int status = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(Files.readString(output));
        }
    }

    private void writeTrust() throws IOException, GeneralSecurityException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry("ca", load().getCertificate("ca"));
        try (var out = Files.newOutputStream(trust)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    /** A trust store that knows the authority. */
    Path trust() {
        return trust;
    }

    /** For a server that shows this certificate. */
    SSLContext server(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = load();
        KeyStore one = empty();
        one.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD.toCharArray());
        }
        return all;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
