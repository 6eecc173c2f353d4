import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Request } from "../platform/http.ts";

export interface Notice {
  words: string;
  tone: "" | "watch" | "missed";
}

const name = "kept_notice";

/** Says one sentence on the next page this browser is shown. */
export function leaveNotice(c: Request, words: string, tone: Notice["tone"] = ""): void {
  setCookie(c, name, Buffer.from(JSON.stringify({ words, tone })).toString("base64url"), {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    maxAge: 60,
  });
}

export function takeNotice(c: Request): Notice | null {
  const value = getCookie(c, name);
  if (!value) return null;
  deleteCookie(c, name, { path: "/" });
  try {
    return JSON.parse(Buffer.from(value, "base64url").toString()) as Notice;
  } catch {
    return null;
  }
}
