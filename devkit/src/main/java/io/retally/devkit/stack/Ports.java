package io.retally.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Hands out ports of the loopback address: the usual one while it is free, otherwise any; none twice. */
final class Ports {
    /**
     * Below those that the kernel gives to whoever connects to something (from 32768 on Linux): a part that dies finds its port
     * again when it is started anew, where one of theirs might be taken by a connection that lasts.
     */
    static final int FIRST = 10_000;

    static final int LAST = 32_767;

    private static final int ATTEMPTS = 1_000;

    private final boolean preferUsual;
    private final Random random = new Random();
    private final Set<Integer> given = new HashSet<>();

    /** @param preferUsual false: any port, also when the usual one is free */
    Ports(boolean preferUsual) {
        this.preferUsual = preferUsual;
    }

    int free(int usual) {
        if (preferUsual && !given.contains(usual) && isFree(usual)) {
            given.add(usual);
            return usual;
        }
        // At random: stacks that are started at the same moment do not choose the same ones.
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = FIRST + random.nextInt(LAST - FIRST + 1);
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new UncheckedIOException(new IOException(
                "no free port on the loopback address, of " + ATTEMPTS + " from " + FIRST + " to " + LAST));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = bound(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether something accepts connections; throws when it does not. */
    static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), 500);
            return true;
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // A port that was left a second ago may be taken again, as the parts themselves do.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(loopback(), port));
        return socket;
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
