import { sendAgendas } from "../domain/meetings/send-agendas.ts";
import type { App } from "../platform/context.ts";
import { eachOrganisation } from "./each-organisation.ts";

export const sendAgendasJob = (app: App) =>
  eachOrganisation(app, (db, orgId) => sendAgendas(db, { orgId, clock: app.clock, env: app.env }));
