import { join } from "node:path";
import type { App } from "../../platform/context.ts";

/** Where uploaded files wait until they are taken in. */
export const uploadFolder = (app: Pick<App, "env">): string => join(app.env.dataFolder, "uploads");

/** 200 MB and a little: what browsers and people call 200 MB differs. */
export const mostBytes = 210 * 2 ** 20;
