// The least a server can do: one small answer, nothing behind it.
import { createServer } from "node:http";

const server = createServer((_request, response) => response.end("ok"));
server.listen(0, "127.0.0.1", () => console.log((server.address() as { port: number }).port));
process.on("disconnect", () => process.exit(0));
