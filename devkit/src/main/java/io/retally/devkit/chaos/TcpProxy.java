package io.retally.devkit.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Passes connections to a port of the loopback address on, until they are cut: the network between a client and its server. */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    /** So that a limit of speed is felt evenly, and its end soon. */
    private static final int SLOW_BUFFER = 4 << 10;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    TcpProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException("no port to listen on", e);
        }
        start("accept-for-" + target, this::accept);
    }

    /** Where clients connect. */
    int port() {
        return listener.getLocalPort();
    }

    /** The port that is passed on to. */
    int target() {
        return target;
    }

    /** Ends all connections as a network that fails does: what is under way may have arrived, or not. Returns how many there were. */
    int cut() {
        int ends = 0;
        for (Socket socket : sockets) {
            reset(socket);
            ends++;
        }
        return ends / 2;
    }

    /** From now on each direction of each connection passes so much on at most. */
    void limit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Ends a {@link #limit}. */
    void unlimit() {
        limit(Long.MAX_VALUE);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                join(listener.accept());
            } catch (IOException e) {
                // The proxy is being closed, or the client has gone already.
            }
        }
    }

    private void join(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(listener.getInetAddress(), target);
        } catch (IOException e) {
            reset(client); // nobody listens there now: the client finds the same
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        start("to-" + target, () -> pass(client, server));
        start("from-" + target, () -> pass(server, client));
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer, 0, chunk()); read >= 0; read = in.read(buffer, 0, chunk())) {
                out.write(buffer, 0, read);
                slowDown(read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset(from);
            reset(to);
        } finally {
            if (from.isClosed() || to.isClosed() || (from.isOutputShutdown() && to.isOutputShutdown())) {
                reset(from);
                reset(to);
            }
        }
    }

    private int chunk() {
        return bytesPerSecond == Long.MAX_VALUE ? BUFFER : SLOW_BUFFER;
    }

    private void slowDown(int passed) throws InterruptedException {
        long speed = bytesPerSecond;
        if (speed != Long.MAX_VALUE) {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(passed) / speed);
        }
    }

    private void reset(Socket socket) {
        sockets.remove(socket);
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // closed already
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
