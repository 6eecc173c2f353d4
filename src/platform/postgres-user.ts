import { readFileSync } from "node:fs";
import { PlainError } from "./plain-error.ts";

export interface UnprivilegedUser {
  name: string;
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: when we are root, the user it runs as; else undefined. */
export function findUnprivilegedUser(): UnprivilegedUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const user = users.find(([name]) => name === wanted);
    if (user) return { name: wanted, uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new PlainError(
    "PostgreSQL will not run as root, and this machine has neither a user postgres nor nobody.",
    "Start Kept as an ordinary user.",
  );
}
