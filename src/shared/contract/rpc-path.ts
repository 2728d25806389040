/** Where calls go over WebSocket. */
export const RPC_PATH = '/rpc';

/**
 * The same for a visitor's page on the terminal. Only these are counted by a shell that brings a dead page back: a hall
 * display in the next window must not stand in for it.
 */
export const VISITOR_RPC_PATH = '/rpc?page=visitor';
