package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * MongoDB's wire protocol on loopback: a one-node replica set {@code rs0} in memory, with true change streams.
 *
 * <p>Commands run on threads of their own and never on Netty's event loops, because a getMore on a change stream waits.
 */
public final class MongoDevServer implements AutoCloseable {

    private static final int EVENT_LOOPS = 2;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, NioIoHandler.newFactory());
    private final ExecutorService commands =
            Executors.newCachedThreadPool(new DefaultThreadFactory("mongo-command", true));
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ReplicaSetBackend backend;
    private final Channel listener;

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = Settings.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        MongoDevServer server = new MongoDevServer(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close"));
        System.out.println("MongoDB stand-in listens on " + server.uri());
        server.listener.closeFuture().syncUninterruptibly();
    }

    /** A server on a free port, with the usual log. */
    public static MongoDevServer start() {
        return start(Settings.DEFAULT.ringChanges(), Settings.DEFAULT.patience());
    }

    /**
     * A server on a free port.
     *
     * @param ringChanges how many changes the log holds
     * @param patience how long writers wait for a change stream that does not come back
     */
    public static MongoDevServer start(int ringChanges, Duration patience) {
        return new MongoDevServer(new Settings(0, ringChanges, patience));
    }

    MongoDevServer(Settings settings) {
        backend = new ReplicaSetBackend(settings.ringChanges(), settings.patience());
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline()
                                .addLast(
                                        new MongoWireReplyEncoder(),
                                        new MongoWireMessageEncoder(),
                                        new MongoWireProtocolHandler(),
                                        new OffLoopHandler(),
                                        new MongoExceptionHandler());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()))
                .syncUninterruptibly()
                .channel();
    }

    /** What a client needs to connect. */
    public String uri() {
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        return "mongodb://localhost:" + port + "/?replicaSet=" + ReplicaSet.NAME;
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        clients.close().syncUninterruptibly();
        commands.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        backend.close();
    }

    private final class OffLoopHandler extends MongoDatabaseHandler {

        OffLoopHandler() {
            super(backend, clients);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
            commands.execute(() -> {
                try {
                    super.channelRead0(context, request);
                } catch (RuntimeException e) {
                    context.pipeline().fireExceptionCaught(e);
                }
            });
        }
    }
}
