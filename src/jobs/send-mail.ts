import { sendWaitingMail } from "../mail/send-waiting-mail.ts";
import type { App } from "../platform/context.ts";

export const sendMailJob = (app: App) => sendWaitingMail(app);
