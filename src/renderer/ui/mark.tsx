/**
 * A plain mark for stations that have not supplied the one of their province: scales on a shield. It stands in the place
 * where the identity norm of the province wants its own.
 */
export function Mark({ className }: { readonly className?: string | undefined }) {
  return (
    <svg
      className={className}
      viewBox="0 0 48 54"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M24 3 43 9v17c0 12-8 20-19 25C13 46 5 38 5 26V9z" />
      <path d="M24 14v24M17 38h14M13 18h22M13 18l-4 9h8zM35 18l-4 9h8z" />
      <path d="M9 27a4 4 0 0 0 8 0M31 27a4 4 0 0 0 8 0" />
    </svg>
  );
}
