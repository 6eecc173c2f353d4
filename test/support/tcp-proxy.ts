import { createServer, type AddressInfo, type Socket } from "node:net";

export interface Proxy {
  port: number;
  /** "open" passes everything; "silent" swallows it, as a lost network does; "refuse" breaks connections off. */
  mode: "open" | "silent" | "refuse";
  close(): Promise<void>;
}

/** A wire between browser and server that a test can cut. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const proxy: Proxy = { port: 0, mode: "open", close: async () => {} };
  const server = createServer((near) => {
    if (proxy.mode === "refuse") return void near.destroy();
    const far = new (near.constructor as typeof Socket)().connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => {
        if (proxy.mode === "open") to.write(bytes);
        else if (proxy.mode === "refuse") from.destroy();
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy.port = (server.address() as AddressInfo).port;
  proxy.close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return proxy;
}
