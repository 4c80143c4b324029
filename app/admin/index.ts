export { recordAudit } from "./audit.ts";
export { deleteCanned, ShortcutTaken, saveCanned } from "./canned.ts";
export * from "./model.ts";
export { erasePerson, exportPerson, type PersonData, personBehind } from "./person-data.ts";
export { createStaffDirectory, type StaffDirectory, type StaffMember, type StaffRole } from "./staff.ts";
