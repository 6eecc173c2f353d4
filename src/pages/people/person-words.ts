import type { Experience } from "../../domain/people/person-access.ts";
import type { Role } from "../../platform/viewer.ts";

export const roleWords: Record<Role, string> = { rep: "Rep", manager: "Manager", leader: "Leader", admin: "Admin" };
export const roleHints: Record<Role, string> = {
  rep: "sells, prepares, and has one-on-ones",
  manager: "holds one-on-ones with reps",
  leader: "has managers below",
  admin: "sets up people, data and settings; reads no one-on-one",
};
export const experienceWords: Record<Experience, string> = { new: "New", developing: "Developing", experienced: "Experienced" };
