import ReactMarkdown from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import styles from './prose.module.css';

const ALLOWED = ['p', 'ul', 'ol', 'li', 'strong', 'em', 'br'];

/** Text of a record: paragraphs and lists, at most 40 characters a line; links and HTML are not let through. */
export function Prose({
  text,
  lang,
}: {
  readonly text: string;
  readonly lang?: string | undefined;
}) {
  return (
    <div className={styles.prose} lang={lang}>
      <ReactMarkdown rehypePlugins={[rehypeSanitize]} allowedElements={ALLOWED} unwrapDisallowed>
        {text}
      </ReactMarkdown>
    </div>
  );
}
