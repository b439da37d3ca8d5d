package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An RSA key that signs assertions with RS256 (RFC 7518, section 3.3). */
record AccountEngagementKey(PrivateKey key) {

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN ((?:RSA )?)PRIVATE KEY-----(.*?)-----END (?:RSA )?PRIVATE KEY-----", Pattern.DOTALL);

    /** Version 0 and the algorithm rsaEncryption, as RFC 5958 puts them before an RSA key. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    AccountEngagementKey {
        requireNonNull(key, "key is null");
    }

    /** Reads PEM text in either of the forms that are about: PKCS #8, or PKCS #1 as older tools write it. */
    static AccountEngagementKey of(String name, String text) {
        Matcher pem = PEM.matcher(text.replace("\\n", "\n"));
        if (!pem.find()) {
            throw new IllegalArgumentException(
                    name + " must be PEM text that begins with -----BEGIN PRIVATE KEY----- and is not encrypted");
        }
        try {
            byte[] der = Base64.getDecoder().decode(pem.group(2).replaceAll("\\s", ""));
            byte[] pkcs8 = pem.group(1).isEmpty() ? der : wrapped(der);
            return new AccountEngagementKey(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new IllegalArgumentException(name + " holds no RSA key that can be read");
        }
    }

    private static byte[] wrapped(byte[] key) {
        return tagged(0x30, joined(RSA, tagged(0x04, key)));
    }

    /** A value with its tag and length, whose length may take up to three bytes. */
    private static byte[] tagged(int tag, byte[] value) {
        int length = value.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(head, value);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** A JSON web token with these claims. */
    String signed(String claims) {
        String text = encoded("{\"alg\":\"RS256\"}") + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encoded(signature.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("an RSA key that was read does not sign", broken);
        }
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "AccountEngagementKey[secret]";
    }
}
