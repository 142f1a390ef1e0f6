/** The repository's one path alias, for the tool that draws the import map. */
const { resolve } = require('node:path')

module.exports = { resolve: { alias: { '@': resolve(__dirname, '../..') } } }
