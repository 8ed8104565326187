/** Counts the members of the exported types of some files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/**
 * @param {string} root of the project
 * @param {string[]} files TypeScript files, as paths from the root
 * @returns {{file: string, type: string, members: number}[]} members of `A & B` are those of both; of `A | B`, those of
 *   the larger; of a type from another place, none
 */
export function portSizes(root, files) {
  const types = new Map(files.flatMap((file) => typesIn(file, readFileSync(join(root, file), 'utf8'))));
  return [...types].map(([type, { file, node }]) => ({ file, type, members: membersOf(node, types) }));
}

function typesIn(file, text) {
  return parseSync(file, text)
    .program.body.flatMap(({ type, declaration }) =>
      type === 'ExportNamedDeclaration' && declaration !== null ? [declaration] : [],
    )
    .filter(({ type }) => type === 'TSTypeAliasDeclaration' || type === 'TSInterfaceDeclaration')
    .map((node) => [node.id.name, { file, node }]);
}

const counters = {
  TSTypeAliasDeclaration: ({ typeAnnotation }, types) => membersOf(typeAnnotation, types),
  TSInterfaceDeclaration: (node, types) =>
    node.body.body.length + sum(node.extends.map(({ expression }) => named(expression?.name, types))),
  TSTypeLiteral: ({ members }) => members.length,
  TSParenthesizedType: ({ typeAnnotation }, types) => membersOf(typeAnnotation, types),
  TSIntersectionType: (node, types) => sum(node.types.map((part) => membersOf(part, types))),
  TSUnionType: (node, types) => Math.max(...node.types.map((part) => membersOf(part, types))),
  TSTypeReference: ({ typeName, typeArguments }, types) =>
    typeName.name === 'Readonly' ? membersOf(typeArguments.params[0], types) : named(typeName.name, types),
};

function membersOf(node, types) {
  return counters[node.type]?.(node, types) ?? 0;
}

function named(name, types) {
  const found = types.get(name);
  return found === undefined ? 0 : membersOf(found.node, types);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
