/**
 * What has been made in this local cloud and not deleted since. Most resource types are nothing else than this record;
 * those that run are also asked whether they do.
 */
export interface Inventory {
  add(type: string, id: string): void;
  has(type: string, id: string): boolean;
  remove(type: string, id: string): void;
}

export function createInventory(): Inventory {
  const made = new Set<string>();
  const key = (type: string, id: string) => `${type} ${id}`;
  return {
    add: (type, id) => void made.add(key(type, id)),
    has: (type, id) => made.has(key(type, id)),
    remove: (type, id) => void made.delete(key(type, id)),
  };
}
