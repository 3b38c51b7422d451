package io.retally.devkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void bytesPassBothWaysUntilTheConnectionIsCut() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                TcpProxy proxy = new TcpProxy(server.getLocalPort());
                Socket client = new Socket(LOOPBACK, proxy.port());
                Socket accepted = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
            accepted.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);

            assertThat(proxy.cut()).isEqualTo(1);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(IOException.class);
            assertThat(proxy.cut()).isZero();
        }
    }

    @Test
    void theEndOfOneSideReachesTheOther() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                TcpProxy proxy = new TcpProxy(server.getLocalPort());
                Socket client = new Socket(LOOPBACK, proxy.port());
                Socket accepted = server.accept()) {
            client.shutdownOutput();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            accepted.getOutputStream().write(9);
            assertThat(client.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void aSlowWayLosesNothing() throws IOException {
        byte[] message = new byte[20_000];
        new Random(1).nextBytes(message);
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                TcpProxy proxy = new TcpProxy(server.getLocalPort());
                Socket client = new Socket(LOOPBACK, proxy.port());
                Socket accepted = server.accept()) {
            proxy.limit(40_000);
            long begin = System.nanoTime();
            client.getOutputStream().write(message);
            client.shutdownOutput();
            assertThat(accepted.getInputStream().readAllBytes()).isEqualTo(message);
            // Never sooner, however fast the machine is; half of it for what passed before the limit was seen.
            assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    @Test
    void whereNobodyListensTheClientIsTurnedAway() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            port = server.getLocalPort();
        }
        try (TcpProxy proxy = new TcpProxy(port);
                Socket client = new Socket(LOOPBACK, proxy.port())) {
            assertThatThrownBy(() -> {
                        if (client.getInputStream().read() < 0) {
                            throw new IOException("ended");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}
