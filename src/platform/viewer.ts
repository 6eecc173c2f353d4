export type Role = "rep" | "manager" | "leader" | "admin";

/** The person signed in, as every page and verb knows them. */
export interface Viewer {
  orgId: string;
  personId: string;
  name: string;
  timeZone: string;
  roles: ReadonlySet<Role>;
  orgName: string;
  isSample: boolean;
  currency: string;
  /** Null for a token of the API and for a link that was mailed. */
  sessionId: string | null;
}

export const isManager = (viewer: Viewer): boolean => viewer.roles.has("manager") || viewer.roles.has("leader");
export const isAdmin = (viewer: Viewer): boolean => viewer.roles.has("admin");
