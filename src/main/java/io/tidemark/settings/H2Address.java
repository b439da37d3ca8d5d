package io.tidemark.settings;

/**
 * Where H2 listens when several processes share a database file ({@code AUTO_SERVER=TRUE}). H2 opens that port on every
 * interface and lets others in unless the system property {@code h2.bindAddress} names one; it reads the property once,
 * when its first class is loaded, and takes no such setting from the JDBC address.
 */
public final class H2Address {
    private static final String PROPERTY = "h2.bindAddress";
    private static final String LOOPBACK = "127.0.0.1";

    private H2Address() {}

    /** Keeps H2 on loopback. Called first in the process, before H2 is touched; an address set by the user stays. */
    public static void bindToLoopback() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, LOOPBACK);
        }
    }
}
