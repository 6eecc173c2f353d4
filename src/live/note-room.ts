import type { WebSocket } from "ws";

export type DocKind = "shared" | "private";

export interface Member {
  socket: WebSocket;
  orgId: string;
  personId: string;
  docs: Record<DocKind, string>;
}

/** Who is connected to this process, by document. */
export class NoteRooms {
  readonly #members = new Map<string, Set<Member>>();

  join(member: Member): () => void {
    for (const id of Object.values(member.docs)) this.#members.set(id, (this.#members.get(id) ?? new Set()).add(member));
    return () => {
      for (const id of Object.values(member.docs)) {
        const set = this.#members.get(id);
        set?.delete(member);
        if (set?.size === 0) this.#members.delete(id);
      }
    };
  }

  has(docId: string): boolean {
    return this.#members.has(docId);
  }

  /** Sends to everybody in a document but the one it came from. */
  tell(docId: string, message: (kind: DocKind) => Uint8Array, from?: Member): void {
    for (const member of this.#members.get(docId) ?? [])
      if (member !== from && member.socket.readyState === member.socket.OPEN)
        member.socket.send(message(member.docs.shared === docId ? "shared" : "private"));
  }

  get size(): number {
    return new Set([...this.#members.values()].flatMap((set) => [...set])).size;
  }
}
