/** Highest point that a seated person reaches (EN 301 549 8.3.2.1, standards A-25). */
export const LOW_REACH_TOP_MM = 1220;
