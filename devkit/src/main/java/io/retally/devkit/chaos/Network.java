package io.retally.devkit.chaos;

import io.retally.devkit.stack.Detour;
import io.retally.devkit.stack.Part;
import java.util.EnumMap;
import java.util.Map;

/** What lies between Kafka and PostgreSQL and those who use them. */
final class Network implements Detour, AutoCloseable {
    private final Map<Part, TcpProxy> proxies = new EnumMap<>(Part.class);

    @Override
    public int of(Part part, int port) {
        TcpProxy proxy = new TcpProxy(port);
        proxies.put(part, proxy);
        return proxy.port();
    }

    TcpProxy to(Part part) {
        TcpProxy proxy = proxies.get(part);
        if (proxy == null) {
            throw new IllegalArgumentException(part + " is reached directly");
        }
        return proxy;
    }

    @Override
    public void close() {
        proxies.values().forEach(TcpProxy::close);
    }
}
