/** The database's native part is built on this version of Node-API. */
const NODE_API_NEEDED = 10;

/** Whether a Node with this version of Node-API can open the database. */
export function isNodeNewEnough(nodeApi: string | undefined): boolean {
  return Number(nodeApi ?? 0) >= NODE_API_NEEDED;
}
