package io.retally.devkit.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority that is made for one test, and what it signs; by keytool, which every JDK has. */
public final class TestingAuthority {

    /** Of all keystores of a test. */
    public static final String PASSWORD = "opens-the-keystores-of-a-test";

    private final Path folder;
    private final Path keys;
    private final Path certificate;

    public TestingAuthority(Path folder, String name) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder.resolve(name));
        keys = this.folder.resolve("authority.p12");
        certificate = this.folder.resolve("authority.pem");
        keytool(
                keys,
                "-genkeypair",
                "-alias",
                "authority",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:critical=ca:true",
                "-validity",
                "2");
        keytool(keys, "-exportcert", "-alias", "authority", "-rfc", "-file", certificate.toString());
    }

    /** The authority's certificate, PEM: what clients trust. */
    public Path certificate() {
        return certificate;
    }

    /** The same as a Java truststore, of the type that is read without a password. */
    public Path truststore() throws IOException, InterruptedException {
        Path truststore = folder.resolve("truststore.jks");
        keytool(truststore, "-importcert", "-noprompt", "-alias", "authority", "-file", certificate.toString());
        return truststore;
    }

    /** A key and its signed certificate, for this machine's loopback: a PKCS 12 keystore with {@link #PASSWORD}. */
    public Path issue(String name) throws IOException, InterruptedException {
        Path keystore = folder.resolve(name + ".p12");
        Path request = folder.resolve(name + ".csr");
        Path signed = folder.resolve(name + ".crt");
        keytool(keystore, "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2");
        keytool(keystore, "-certreq", "-alias", "key", "-file", request.toString());
        keytool(
                keys,
                "-gencert",
                "-alias",
                "authority",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-rfc",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2");
        keytool(keystore, "-importcert", "-noprompt", "-alias", "authority", "-file", certificate.toString());
        keytool(keystore, "-importcert", "-alias", "key", "-file", signed.toString());
        return keystore;
    }

    /** The key in a keystore of {@link #issue}, PEM, readable by its owner alone. */
    public static Path privateKey(Path keystore) throws IOException, GeneralSecurityException {
        byte[] key = open(keystore).getKey("key", PASSWORD.toCharArray()).getEncoded();
        Path pem = keystore.resolveSibling(keystore.getFileName() + ".key");
        Files.writeString(pem, pem("PRIVATE KEY", key));
        Files.setPosixFilePermissions(pem, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return pem;
    }

    /** Its certificate, PEM. */
    public static Path certificate(Path keystore) throws IOException, GeneralSecurityException {
        Path pem = keystore.resolveSibling(keystore.getFileName() + ".crt");
        Files.writeString(
                pem, pem("CERTIFICATE", open(keystore).getCertificate("key").getEncoded()));
        return pem;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    static KeyStore open(Path keystore) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
    }

    private static void keytool(Path keystore, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        String type = keystore.toString().endsWith(".jks") ? "JKS" : "PKCS12";
        command.addAll(List.of("-keystore", keystore.toString(), "-storetype", type, "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }
}
