// Makes the replica set, which change streams need, and the connector's login. Repeating it changes nothing.
const fs = require('fs');
const secret = name => fs.readFileSync('/run/secrets/' + name, 'utf8');

const admin = connect('mongodb://mongodb:27017/admin?directConnection=true');
admin.auth('root', secret('mongodb-root-password'));
try {
  admin.runCommand({replSetInitiate: {_id: 'rs0', members: [{_id: 0, host: 'mongodb:27017'}]}});
} catch (e) {
  if (e.codeName !== 'AlreadyInitialized') throw e;
}
while (!admin.hello().isWritablePrimary) sleep(100);

// Reads the database that it captures, and nothing else: capture.scope=database.
const login = {pwd: secret('mongodb-connector-password'), roles: [{role: 'read', db: 'coaching'}]};
if (admin.getUser('retally_connector')) {
  admin.updateUser('retally_connector', login);
} else {
  admin.createUser({user: 'retally_connector', ...login});
}
