{{- /* Settings of Kafka's clients and certificates; where kafka.client or tls.secretName is given, every pod that needs them has them. */ -}}
{{- define "retally.kafkaClientName" -}}
{{ .Release.Name }}-kafka-client
{{- end }}

{{- define "retally.kafkaClientFile" -}}
/etc/retally/kafka/client.properties
{{- end }}

{{- define "retally.kafkaClientProperties" -}}
{{- range $name, $value := .Values.kafka.client }}
{{- if and (regexMatch "password|jaas|\\.key$" $name) (not (contains "${file:" $value)) }}
{{- fail (printf "kafka.client holds no secret: put that of %s into the Secret that tls.secretName names, and write ${file:/etc/retally/tls/FILE.properties:KEY}" $name) }}
{{- end }}
{{ $name }}={{ $value }}
{{- end }}
{{- end }}

{{- define "retally.tlsVolume" -}}
name: tls
secret:
  secretName: {{ .Values.tls.secretName }}
  defaultMode: 0440
{{- end }}

{{- define "retally.tlsMount" -}}
name: tls
mountPath: /etc/retally/tls
readOnly: true
{{- end }}
