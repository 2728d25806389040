/** Rules of this project that no linter brings along (an oxlint plugin in ESLint's shape). */

const isGlobal = (node, name) => node.type === 'Identifier' && node.name === name;

/** Property read as object.name or object['name']. */
function propertyName(node) {
  if (!node.computed && node.property.type === 'Identifier') return node.property.name;
  return node.property.type === 'Literal' ? String(node.property.value) : '';
}

const HIDDEN_READS = { Date: ['now'], Math: ['random'], performance: ['now', 'timeOrigin'] };

/** Rules take `now` and chance as arguments, so that they can be tested and replayed (invariant 10). */
const noHiddenClock = {
  create(context) {
    const report = (node, what) =>
      context.report({
        node,
        message: `${what} is a hidden clock or chance: take it as an argument.`,
      });
    return {
      NewExpression(node) {
        if (isGlobal(node.callee, 'Date') && node.arguments.length === 0)
          report(node, 'new Date()');
      },
      CallExpression(node) {
        if (isGlobal(node.callee, 'Date')) report(node, 'Date()');
      },
      MemberExpression(node) {
        const owner = Object.keys(HIDDEN_READS).find((name) => isGlobal(node.object, name));
        if (owner !== undefined && HIDDEN_READS[owner].includes(propertyName(node)))
          report(node, `${owner}.${propertyName(node)}`);
      },
    };
  },
};

const DIRECTIVE = /^\s*(?:eslint|oxlint)-disable|^\s*@ts-(?:ignore|expect-error|nocheck)/;

/** A suppressed check says why, after two dashes. */
const reasonedSuppression = {
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments())
          if (DIRECTIVE.test(comment.value) && !/--\s*\S{2}/.test(comment.value))
            context.report({ node: comment, message: 'Say why this check is off: "-- reason".' });
      },
    };
  },
};

const HAN = '[\\u3400-\\u9fff”）」》〕]';
/** Half-width marks that touch a Han character or a Chinese closing mark. */
const HALF_WIDTH = new RegExp(`${HAN}[,;:!?(]|[,;:!?()](?=[\\u3400-\\u9fff“（「《])`, 'u');

/** Whether a string is the source of a pattern: it stands in `new RegExp(…)` or holds a group of its syntax. */
const isPattern = (node, text) =>
  text.includes('(?') ||
  (node.parent.type === 'NewExpression' && isGlobal(node.parent.callee, 'RegExp'));

/** Chinese text takes full-width marks (GB/T 15834-2011). */
const fullWidthPunctuation = {
  create(context) {
    const look = (node, text) => {
      const found = isPattern(node, text) ? null : HALF_WIDTH.exec(text);
      if (found)
        context.report({ node, message: `Full-width punctuation in Chinese text: "${found[0]}".` });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && look(node, node.value),
      TemplateLiteral: (node) => look(node, node.quasis.map(({ value }) => value.cooked).join('…')),
      JSXText: (node) => look(node, node.value),
    };
  },
};

export default {
  meta: { name: 'kiosk' },
  rules: {
    'full-width-punctuation': fullWidthPunctuation,
    'no-hidden-clock': noHiddenClock,
    'reasoned-suppression': reasonedSuppression,
  },
};
